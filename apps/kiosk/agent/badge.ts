/**
 * What stands on a visitor's badge (G2): large enough to be read across a corridor, and a code that the gate's own scanner
 * takes at leaving. Pure. A group that came as one gets one badge, with its number of people: one entry, one number, one
 * thing to give back. In Chinese, as records are; one line says the same to who does not read it.
 */
import type { VisitView } from '@anyuan/contracts';
import type { Block, Size } from '@anyuan/devices';
import { catalogues } from '@anyuan/ui/text';
import { schoolTime } from './pickup-decision.ts';

const words = catalogues.zh;
const QR_MODULE = 8;
const LABEL_COLUMNS = 10;

const columnsOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

/** The largest size of the wanted ones that keeps the text on one line; else the smallest, over several lines. */
function fitting(text: string, columns: number, sizes: readonly [Size, ...Size[]]): Size {
  return sizes.find((size) => columnsOf(text) * size <= columns) ?? sizes[sizes.length - 1] ?? sizes[0];
}

/** @param shownDate of the day that needs no saying */
function moment(at: string, shownDate?: string): string {
  const { date, time } = schoolTime(Date.parse(at));
  return date === shownDate ? time : `${date.slice(5)} ${time}`;
}

/** @param columns half-widths of a line */
export function badgeBlocks(visit: VisitView, gateName: string, columns: number): Block[] {
  const { paper } = words.badge;
  const centred = (text: string, size: Size, bold = false): Block => ({
    kind: 'text',
    text,
    align: 'center',
    size,
    bold,
  });
  const line = (label: string, value: string | null | undefined): Block[] =>
    value
      ? [{ kind: 'text', text: `${label}${' '.repeat(Math.max(1, LABEL_COLUMNS - columnsOf(label)))}${value}` }]
      : [];
  const { host, reason } = visit;
  const post = host ? [host.department, host.title].filter(Boolean).join(' ') : '';
  const today = schoolTime(Date.parse(visit.admittedAt)).date;
  const title = paper.title(gateName);
  return [
    centred(title, fitting(title, columns, [2, 1]), true),
    { kind: 'feed', lines: 1 },
    centred(visit.number, fitting(visit.number, columns, [4, 3, 2])),
    centred(visit.name, fitting(visit.name, columns, [3, 2]), true),
    ...(visit.party.count > 1 ? [centred(paper.count(visit.party.count), 2)] : []),
    { kind: 'feed', lines: 1 },
    ...line(paper.reason, reason && words.words.visitReason[reason]),
    ...line(paper.host, host && (post ? `${host.name}（${post}）` : host.name)),
    ...line(paper.from, moment(visit.admittedAt)),
    ...line(paper.until, visit.until && moment(visit.until, today)),
    ...line(paper.plate, visit.plate),
    ...line(paper.ticket, visit.held?.ticket),
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: visit.number, module: QR_MODULE, align: 'center' },
    // A code is read by its quiet margin: the foot must not touch it.
    { kind: 'feed', lines: 1 },
    centred(paper.foot, 1, true),
    centred(paper.footEn, 1),
    { kind: 'cut' },
  ];
}
