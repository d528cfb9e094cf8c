/** What waits for the person in the organization that the window shows, and what Kontor knows there. */
import * as service from '$wailsjs/go/home/Window';
import type { home } from '$wailsjs/go/models';
import { call } from './call';

export type Waiting = home.LineView;
export type Answered = home.AnsweredView;
export type Board = home.BoardView;
export type Fact = home.FactView;
export type Step = home.StepView;

/** Most urgent first. */
export const board = () => call(service.Board);

/** Takes a line away until a day ("2026-12-04"), or until its facts change. */
export const putOff = (line: Waiting, until: string) => call(() => service.PutOff(line.key, line.news, until));
/** Takes a line away until its facts change. */
export const dealtWith = (line: Waiting) => call(() => service.DealtWith(line.key, line.news));
export const bringBack = (line: Waiting) => call(() => service.BringBack(line.key));
export const hideSteps = (hide: boolean) => call(() => service.HideSteps(hide));
