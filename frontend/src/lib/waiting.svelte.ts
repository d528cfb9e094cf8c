/** What waits for the person, of all areas: Home lists it, the sidebar counts it. */
import { board as ask, type Answered, type Board, type Waiting } from './backend/home';
import { word } from './i18n';
import { areas } from './areas';

const SETTLED = 250;

/** The area that a route leads to, and the one in whose rooms that one is. */
const areaOf = (route: string) => areas.find((area) => area.name === route.split(/[/?]/)[1]);

/** A line leads to where it is dealt with; without that place, or without words, it would only worry. */
export const leads = (line: Waiting): boolean =>
  areaOf(line.route) !== undefined && word(`home_${line.kind}`) !== undefined;

/** The board without what could not be shown. */
function shown(board: Board): Board {
  const answered = (list: Answered[]) => list.filter(leads);
  return {
    ...board,
    lines: board.lines.filter(leads),
    next: board.next.filter(leads),
    later: answered(board.later),
    dealt: answered(board.dealt),
  };
}

/** How many a line stands for: the only one of its kind may be told for several, and the count must not fall with it. */
export const standsFor = (line: Waiting): number => (line.key.endsWith('/-') && Number(line.params.count)) || 1;

class WaitingLines {
  #lines = $state.raw<Waiting[]>([]);
  #asked: Promise<Board> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** How much waits in an area of the sidebar. */
  count(area: string): number {
    const here = this.#lines.filter((line) => {
      const leadsTo = areaOf(line.route);
      return (leadsTo?.within ?? leadsTo?.name) === area;
    });
    return here.reduce((sum, line) => sum + standsFor(line), 0);
  }

  /** Asks anew, once for all who ask at the same time. */
  ask(): Promise<Board> {
    this.#asked ??= ask()
      .then((answer) => {
        const board = shown(answer);
        this.#lines = board.lines;
        return board;
      })
      .finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  /** Asks anew when the page that was gone to has asked for its own; what cannot be answered is not counted. */
  askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.ask().catch(() => (this.#lines = [])), SETTLED);
  }
}

export const waiting = new WaitingLines();
