// Runs in the exported page, opened from the disk. Texts are only ever set as texts.
(() => {
  const cells = JSON.parse(document.getElementById('cells').textContent);
  const buttons = [...document.querySelectorAll('.cell')];
  const dialog = document.querySelector('dialog');
  const [previous, next] = dialog.querySelectorAll('.bar .step');
  let at = 0;

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const show = (place) => {
    at = (place + buttons.length) % buttons.length;
    const button = buttons[at];
    const cell = cells[Number(button.dataset.cell)];
    const shown = button.querySelector('img');
    const picture = new Image();
    picture.src = button.dataset.whole || shown.currentSrc || shown.src;
    picture.alt = shown.alt;
    dialog.querySelector('.whole').replaceChildren(picture);
    dialog.querySelector('.bar p').textContent = cell.label;
    const facts = cell.steps.flatMap(({ title, facts: list }, i) => {
      const all = document.createElement('dl');
      for (const { title: name, text } of list) all.append(element('dt', name), element('dd', text));
      return [element('h3', `${i + 1}. ${title}`), all];
    });
    dialog.querySelector('.facts').replaceChildren(...facts);
  };

  const focusCell = (place) => {
    const wanted = buttons[place];
    if (!wanted) return;
    for (const button of buttons) button.tabIndex = -1;
    wanted.tabIndex = 0;
    wanted.focus();
    wanted.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  /** The nearest cell whose middle lies in that direction. */
  const neighbour = (from, [dx, dy]) => {
    const middle = (button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const [x, y] = middle(buttons[from]);
    let best = -1;
    let least = Infinity;
    buttons.forEach((button, i) => {
      const [bx, by] = middle(button);
      const along = (bx - x) * dx + (by - y) * dy;
      const across = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
      const distance = along + across * 3;
      if (along > 4 && distance < least) [best, least] = [i, distance];
    });
    return best;
  };
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  buttons.forEach((button, place) => {
    button.tabIndex = place === 0 ? 0 : -1;
    button.addEventListener('focus', () => {
      at = place;
    });
    button.addEventListener('click', () => {
      show(place);
      dialog.showModal();
    });
    button.addEventListener('keydown', (event) => {
      const direction = directions[event.key];
      if (direction) focusCell(neighbour(place, direction));
      else if (event.key === 'Home') focusCell(0);
      else if (event.key === 'End') focusCell(buttons.length - 1);
      else return;
      event.preventDefault();
    });
  });
  previous.addEventListener('click', () => show(at - 1));
  next.addEventListener('click', () => show(at + 1));
  dialog.querySelector('.close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => focusCell(at));
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') show(at - 1);
    else if (event.key === 'ArrowRight') show(at + 1);
  });

  addEventListener('beforeprint', () => {
    for (const picture of document.querySelectorAll('.cell img')) picture.loading = 'eager';
  });

  const size = document.querySelector('.tools input');
  size.addEventListener('input', () => document.documentElement.style.setProperty('--cell', `${size.value}px`));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = document.querySelector('.theme');
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark';
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  });
  document.querySelector('.tools').hidden = false;
})();
