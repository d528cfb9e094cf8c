import { type Fault, toFault } from './fault';

type Listener = (fault: Fault) => void;
const listeners = new Set<Listener>();

/** Tells whoever asks when any call says that nobody is signed in; returns a function that stops that. */
export function onUnauthenticated(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const back = new Set<() => void>();

/** Resolves when somebody is signed in again: what the session's end has cut off can be asked anew. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => back.add(resolve));
}

/** Somebody is signed in: those who wait for that go on. */
export function tellSignedIn(): void {
  for (const goOn of back) goOn();
  back.clear();
}

/**
 * Awaits a binding and throws a Fault where it failed. A binding that throws at once (outside the shell there are
 * none) is caught too: `call(() => Simulate(input))`.
 */
export async function call<T>(binding: () => Promise<T>): Promise<T> {
  try {
    return await binding();
  } catch (thrown) {
    const fault = toFault(thrown);
    if (fault.code === 'unauthenticated') for (const tell of listeners) tell(fault);
    throw fault;
  }
}
