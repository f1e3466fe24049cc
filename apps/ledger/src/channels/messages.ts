/**
 * What is said on which news (E2, D2, F3). Pure. Person, kind and date, and no free text: what somebody typed may hold a
 * pupil's name or a number. A drill that is not announced is confidential: only channels of the office take it.
 */
import { type ChannelTopic, DrillReminderDue, DrillView, type HazardView, ReminderDue } from '@anyuan/contracts';
import { catalogues } from '@anyuan/ui/text';

export interface News {
  topic: ChannelTopic;
  title: string;
  text: string;
  confidential: boolean;
}

interface Told {
  owner: string;
  entity: string;
  type: string;
  data: unknown;
}

const { messages: say, training, drills } = catalogues.zh;
const open = { confidential: false } as const;

/** Of what others told; undefined: nothing to say. What no version writes is passed over. */
export function newsOf({ owner, entity, type, data }: Told): News | undefined {
  const told = `${owner}.${entity}.${type}`;
  if (told === 'training.reminder.due') return ofCertificate(data);
  if (told === 'drills.reminder.due') return ofPlanned(data);
  if (told === 'drills.drill.begun' || told === 'drills.drill.ended') return ofDrill(data, type === 'begun');
  return undefined;
}

function ofCertificate(data: unknown): News | undefined {
  const due = ReminderDue.safeParse(data);
  if (!due.success) return undefined;
  const { what, days } = due.data;
  const text = say.certificate.text(what.name, training.certificate[what.kind], what.expiresOn, days);
  return { topic: 'certificates', title: say.certificate.title, text, ...open };
}

function ofPlanned(data: unknown): News | undefined {
  const due = DrillReminderDue.safeParse(data);
  if (!due.success) return undefined;
  const { kind, date, time, lead, announced } = due.data;
  const text = say.drill.dueText(drills.kind[kind], date, time, lead.name);
  return { topic: 'drills', title: say.drill.due, text, confidential: !announced };
}

function ofDrill(data: unknown, begun: boolean): News | undefined {
  const drill = DrillView.safeParse(data);
  if (!drill.success) return undefined;
  const { kind, mode, announced, result } = drill.data;
  const news = { topic: 'drills', confidential: !announced } as const;
  if (begun) return { ...news, title: say.drill.begun, text: say.drill.begunText(drills.kind[kind], mode) };
  const { wholeSeconds = null, met = null } = result ?? {};
  const whole = wholeSeconds === null || met === null ? '' : say.drill.whole(wholeSeconds, met);
  return { ...news, title: say.drill.ended, text: say.drill.endedText(drills.kind[kind]) + whole };
}

/** Of the ledger's own: told late, and urged. */
export function newsOfHazard(type: string, { number, owner, deadline, late }: HazardView): News | undefined {
  if (!owner || !deadline) return undefined;
  const news = { topic: 'hazards', ...open } as const;
  if (type === 'escalated') {
    return { ...news, title: say.hazard.late, text: say.hazard.lateText(number, late, owner.name, deadline) };
  }
  if (type === 'urged') {
    return { ...news, title: say.hazard.urged, text: say.hazard.urgedText(number, owner.name, deadline) };
  }
  return undefined;
}
