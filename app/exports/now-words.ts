/** The time of an export in words, as the reader's own country writes it. */
export const nowWords = (): string => new Date().toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
