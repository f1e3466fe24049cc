/** A channel as it stands in its form: text until it is saved. Pure. */
import {
  CHANNEL_TOPICS,
  type ChannelAudience,
  type ChannelKind,
  ChannelSettings,
  type ChannelTopic,
  type ChannelView,
  newId,
  type SaveChannel,
} from '@anyuan/contracts';

export interface Draft {
  id: string;
  kind: ChannelKind;
  name: string;
  topics: ChannelTopic[];
  audience: ChannelAudience;
  enabled: boolean;
  /** Of a channel that is there: the settings are written anew, not kept. */
  anew: boolean;
  address: string;
  secret: string;
  host: string;
  port: string;
  user: string;
  password: string;
  from: string;
  to: string;
}

const blank = { address: '', secret: '', host: '', port: '465', user: '', password: '', from: '', to: '' };

export const newDraft = (): Draft => ({
  ...{
    id: newId(),
    kind: 'wecom',
    name: '',
    topics: [...CHANNEL_TOPICS],
    audience: 'group',
    enabled: true,
    anew: true,
  },
  ...blank,
});

/** What opens it is not known here: it stays as it is, until somebody writes it anew. */
export const draftOf = ({ id, kind, name, topics, audience, enabled }: ChannelView): Draft => ({
  ...{ id, kind, name, topics: [...topics], audience, enabled, anew: false },
  ...blank,
});

const mailboxes = (text: string): string[] => text.split(/[\s,;，；、]+/).filter((one) => one !== '');

/** Undefined: something is missing or malformed. */
export function settingsOf(draft: Draft): ChannelSettings | undefined {
  const { kind, address, secret, host, port, user, password, from, to } = draft;
  const given =
    kind === 'email'
      ? { kind, host, port: Number(port), user, password, from: from.trim(), to: mailboxes(to) }
      : { kind, address, secret };
  return ChannelSettings.safeParse(given).data;
}

/** Undefined: not ready to be saved. */
export function commandOf(draft: Draft): SaveChannel | undefined {
  const { id, name, topics, audience, enabled, anew } = draft;
  const settings = anew ? settingsOf(draft) : null;
  if (settings === undefined || name.trim() === '' || topics.length === 0) return undefined;
  return { id, name: name.trim(), topics: [...topics], audience, enabled, settings };
}
