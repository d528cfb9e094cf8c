/** What a field takes in which one of several is chosen, by whatever control. */
import type { IconName } from './icons';

export interface Option {
  value: string;
  label: string;
  hint?: string;
  icon?: IconName;
  disabled?: boolean;
}

export interface ChoiceProps {
  value: string;
  options: Option[];
  placeholder?: string;
  disabled?: boolean;
  onchange?: (value: string) => void;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
}
