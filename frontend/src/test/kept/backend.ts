/** Stands in for Go under every binding of the window: notes what is sent, and answers what it was told to, or what a function makes of it. */
export interface Sent {
  /** "payment.UpdateRenewal" */
  method: string;
  args: unknown[];
}

export function standIn(answers: Record<string, unknown> = {}): Sent[] {
  const sent: Sent[] = [];
  const all: Record<string, unknown> = { 'manager.Tasks': [], ...answers };
  const methods = (area: string) =>
    new Proxy(
      {},
      {
        get: (_, name) => {
          const method = `${area}.${String(name)}`;
          return (...args: unknown[]) => {
            sent.push({ method, args: structuredClone(args) });
            const answer = all[method];
            return Promise.resolve(structuredClone(typeof answer === 'function' ? answer(...args) : answer));
          };
        },
      },
    );
  const areas = new Proxy({}, { get: (_, area) => new Proxy({}, { get: () => methods(String(area)) }) });
  Object.assign(window, { go: areas });
  return sent;
}
