/**
 * Who sits here and what he may open. A session can end at any time on the server: whoever is told `notSignedIn` calls
 * `expired`, and the sign-in page says so instead of showing empty lists.
 */
import type { Permission } from '@anyuan/contracts';
import type { Me, SessionClient, SignInResult } from '../clients.ts';

export type SessionState = 'asking' | 'away' | 'signedOut' | 'signedIn';

export class Session {
  readonly #client: SessionClient;
  me = $state.raw<Me | null>(null);
  state = $state<SessionState>('asking');
  wasExpired = $state(false);

  constructor(client: SessionClient) {
    this.#client = client;
  }

  async ask(): Promise<void> {
    try {
      this.me = await this.#client.me();
      this.state = this.me.actor ? 'signedIn' : 'signedOut';
    } catch {
      this.state = 'away';
    }
  }

  async signIn(username: string, password: string): Promise<SignInResult> {
    const result = await this.#client.signIn(username, password);
    if (result !== 'ok') return result;
    await this.ask();
    this.wasExpired = false;
    // The server took the password and then could not say who signed in: the reader's next try will tell.
    return this.state === 'signedIn' ? 'ok' : 'unavailable';
  }

  async signOut(): Promise<void> {
    await this.#client.signOut();
    this.#forget();
  }

  expired = (): void => {
    if (this.state !== 'signedIn') return;
    this.#forget();
    this.wasExpired = true;
  };

  may(permission: Permission): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }

  #forget(): void {
    if (this.me) this.me = { ...this.me, actor: null, permissions: [] };
    this.state = 'signedOut';
  }
}
