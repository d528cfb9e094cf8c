export { type Amount, number, money, moneys, percent, written, bytes } from './number';
export { country, countryOptions } from './country';
export { relative, exact, date, clock, dateTime, brief, moment, since } from './time';
export { readNumber, refusedText, typedRefused, type Reading } from './read';
export { locale, separators, tag } from './locale';
export { dayAfter, dayPattern, isDay, ofClock, onClock, plainDay, plainTime, today, writtenDay } from './day';
