/** How secrets are kept on this computer. */
import * as Vault from '$wailsjs/go/vault/Window';
import type { vault } from '$wailsjs/go/models';
import { call } from './call';
import { on } from './events';

export type VaultState = vault.View;

declare module './events' {
  interface Events {
    'vault:changed': void;
  }
}

export const vaultState = () => call(Vault.State);
export const usePassphrase = (passphrase: string, again: string) => call(() => Vault.UsePassphrase(passphrase, again));
export const unlockVault = (passphrase: string) => call(() => Vault.Unlock(passphrase));
export const retryKeyring = () => call(Vault.Retry);
export const startOver = (password: string) => call(() => Vault.StartOver(password));
export const onVaultChanged = (listener: () => void) => on('vault:changed', listener);
