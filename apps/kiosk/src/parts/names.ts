/** How devices, things and people are named on this screen. */
import type { KioskDevice } from '@anyuan/contracts';
import { catalogues, t } from '@anyuan/ui';
import type { HelpContact } from '../lib/agent-client.ts';
import { ITEMS } from '../lib/state.ts';

/** What kind of device it is, in the screen's language. */
export function kindName({ id, name, driver }: KioskDevice): string {
  const kinds = t().words.deviceKind;
  if (driver === 'modbus-relay')
    return /^(door|lock)/.test(id) ? kinds.door : id.startsWith('strobe') ? kinds.strobe : kinds.siren;
  return t().kiosk.devices.driver[driver] ?? name;
}

/** The name in the gate's file; without one its kind, with a number where the gate has several of them. */
export function deviceName(device: KioskDevice, all: readonly KioskDevice[]): string {
  if (device.name !== device.id) return device.name;
  const kind = kindName(device);
  const alike = all.filter((d) => d.name === d.id && kindName(d) === kind);
  return alike.length > 1 ? `${kind} ${alike.findIndex((d) => d.id === device.id) + 1}` : kind;
}

/** Grandmother, father …: the family's own word when the screen has no other. */
export const relationWord = (relation: string): string => t().kiosk.relation[relation] ?? relation;

/** 父亲林建军: the relation leads, if it is said at all. */
export function withRelation(person: string): string {
  const relations = t().kiosk.relation;
  const said = Object.keys(relations).find(
    (relation) => person.length > relation.length && person.startsWith(relation),
  );
  return said === undefined ? person : `${relations[said]} ${person.slice(said.length).trim()}`;
}

/** Posts that may decide for the school, as Chinese schools and kindergartens call them. */
const LEADS = /校长|园长|书记|安全|值班|保卫/;
export const leads = (contact: HelpContact): boolean => LEADS.test(contact.title);

/** Whoever leads stands first; otherwise the order stays. */
export const leadersFirst = (contacts: HelpContact[]): HelpContact[] => [
  ...contacts.filter(leads),
  ...contacts.filter((c) => !leads(c)),
];

/** Things that were found, as the screen speaks: on record they stand in Chinese. */
export const itemWords = (items: readonly string[]): string =>
  items
    .map((item) => ITEMS.find((key) => catalogues.zh.kiosk.items.names[key] === item))
    .map((key, i) => (key ? t().kiosk.items.names[key] : (items[i] ?? '')))
    .join(t().common.listSeparator);
