// The login page, shown in place of the app to whoever has no session. A file of its own, since the page's policy allows no inline script.
(function () {
  var form = document.querySelector('form');
  var field = document.getElementById('password');
  var message = document.getElementById('message');
  var button = document.querySelector('button');

  function refuse(text) {
    message.textContent = text;
    field.setAttribute('aria-invalid', 'true');
    button.disabled = false;
    field.focus();
    field.select();
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    button.disabled = true;
    message.textContent = '';
    fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Editloom': '1' },
      body: JSON.stringify({ password: field.value }),
    }).then(
      function (response) {
        if (response.ok) return location.replace('/');
        return response.json().then(
          function (body) {
            refuse(body.error.message);
          },
          function () {
            refuse('Editloom’s server answered with status ' + response.status + '.');
          },
        );
      },
      function () {
        refuse('Editloom’s server does not answer. Is it still running?');
      },
    );
  });
})();
