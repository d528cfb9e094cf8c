/** What Go tells of a file that somebody brings: its columns, what they may mean, and what has to be asked. */
import type { input } from '$wailsjs/go/models';

export type Mapping = input.Mapping;
export type Outline = input.Outline;
export type Question = input.Question;
export type Rejected = input.Rejected;
