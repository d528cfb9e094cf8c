export { number, money, percent, plain, bytes } from './number';
export { relative, exact, date, clock, dateTime } from './time';
export { separators, tag } from './locale';
