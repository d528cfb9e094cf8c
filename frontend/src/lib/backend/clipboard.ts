/** The clipboard through the shell: the web view refuses its own, and only the shell can keep a secret out of histories. */
import { Copy } from '$wailsjs/go/app/SystemService';
import { call } from './call';

/**
 * Puts text on the clipboard; false where the system would not. What is secret (a password, a code, an account number)
 * leaves it after half a minute.
 */
export async function copy(text: string, secret = false): Promise<boolean> {
  try {
    await call(() => Copy(text, secret));
    return true;
  } catch {
    return false;
  }
}
