// Loaded into the server before it begins: gives it a clock that can be shifted, and tells of rejections that nobody
// handles, which the server itself only prints.
import { readFileSync } from 'node:fs';

const file = process.env.EDITLOOM_CHAOS_CLOCK ?? '';
let shift = 0;

function readShift() {
  try {
    shift = Number(readFileSync(file, 'utf8'));
  } catch {
    shift = 0;
  }
}

readShift();
if (process.platform !== 'win32') process.on('SIGUSR2', readShift);

const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + shift;
  }
};

process.on('unhandledRejection', (reason) => console.error('UNHANDLED REJECTION', reason));
