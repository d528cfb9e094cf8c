// Asks for the texts of the person's language while the modules of the page are still on their way; lib/i18n takes them
// from here.
// eslint-disable-next-line no-restricted-syntax -- it carries nothing
window.kontorTexts = fetch('/texts/mine');
window.kontorTexts.catch(function () {}); // lib/i18n says so
