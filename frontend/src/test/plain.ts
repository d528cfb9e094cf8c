/** What comes before the tests that draw nothing: they share one process and its modules. */
import { afterEach } from 'vitest';
import { language } from '$lib/i18n';

language.current = 'en';
afterEach(() => void (language.current = 'en'));
