export { number, money, percent, plain, written, bytes } from './number';
export { relative, exact, date, clock, dateTime, brief } from './time';
export { separators, tag } from './locale';
export { dayAfter, dayPattern, isDay, ofClock, onClock, plainDay, plainTime, writtenDay } from './day';
