/** The person of the forms lives in Zurich, already when the days of the expectations are worked out. */
import { forms } from '$lib/format/forms.svelte';

export const ZONE = 'Europe/Zurich';
forms.timeZone = ZONE;
