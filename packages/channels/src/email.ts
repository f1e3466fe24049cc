/**
 * E-mail by the school's own SMTP account. Encrypted or not at all: port 465 from the first byte, others by STARTTLS; plain
 * only to this machine itself. Each recipient gets the letter as a blind copy: addresses are nobody else's business.
 */
import { createHash } from 'node:crypto';
import type { ChannelSettings } from '@anyuan/contracts';
import { createTransport } from 'nodemailer';
import { isLoopback } from './address.ts';
import { wireVerdict } from './post.ts';
import { limits, type Message, type Verdict } from './provider.ts';
import { cut } from './text.ts';

type Settings = Extract<ChannelSettings, { kind: 'email' }>;

const TLS_PORT = 465;

/** The letter. One message has one Message-ID however often it is sent, so that a mailbox may drop the repeat. */
export function letter({ from, to }: Settings, { id, title, text }: Message) {
  const name = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return {
    from,
    to: from,
    envelope: { from, to },
    subject: title.replaceAll(/\s+/g, ' '),
    text: cut(text === '' ? title : text, limits.email.maxBytes),
    messageId: `<${name}@anyuan.invalid>`,
    headers: { 'auto-submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

export async function sendEmail(settings: Settings, message: Message, timeoutMs: number): Promise<Verdict> {
  const { host, port, user, password } = settings;
  const own = isLoopback(host);
  const transport = createTransport({
    ...{ host, port, secure: port === TLS_PORT, requireTLS: !own, ignoreTLS: own },
    ...{ auth: { user, pass: password }, logger: false },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
  });
  let timer: NodeJS.Timeout | undefined;
  // Each step has its own limit above; this one is for all of them together.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('late', 'TimeoutError')), timeoutMs);
  });
  try {
    const { rejected = [] } = await Promise.race([transport.sendMail(letter(settings, message)), late]);
    if (rejected.length === 0) return { result: 'sent' };
    // The others have it; once more would be twice for them.
    return { result: 'refused', fault: 'rejected', code: `${rejected.length}/${settings.to.length}` };
  } catch (error) {
    return smtpVerdict(error);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

/** By the server's number where there is one: 4xx means later, 5xx never (RFC 5321, 4.2.1). */
export function smtpVerdict(error: unknown): Verdict {
  const { code, responseCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    responseCode?: unknown;
  };
  const number = typeof responseCode === 'number' ? responseCode : 0;
  const said = number > 0 ? String(number) : String(code ?? '');
  if (code === 'EAUTH' && (number === 0 || number >= 500)) return { result: 'refused', fault: 'secret', code: said };
  if (number === 421 || number === 450 || number === 451 || number === 452)
    return { result: 'later', fault: 'tooMany', code: said };
  if (number >= 400 && number < 500) return { result: 'later', fault: 'serverFault', code: said };
  if (number >= 500) return { result: 'refused', fault: 'rejected', code: said };
  if (code === 'ETLS') return { result: 'later', fault: 'insecure', code: said };
  if (code === 'ETIMEDOUT') return { result: 'later', fault: 'noAnswer', code: '' };
  return wireVerdict(error);
}
