/** Why a cell is never made, however Run is pressed. */
export const idleWords = {
  struck: { title: 'Struck out', detail: 'Nothing is made here until it is put back.' },
  pick: { title: 'Waits for a pick', detail: 'What it is made of is chosen by a person first.' },
} as const;
