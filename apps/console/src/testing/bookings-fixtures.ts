/** Invented bookings, relative to `now`. */
import { type BookingView, type Host, startOfSchoolDay } from '@anyuan/contracts';

const HOUR = 3_600_000;
export const idOfBooking = (n: number) => `0199e1a4-5e10-7000-8000-${String(900 + n).padStart(12, '0')}`;
const liu: Host = { id: 's-liu', name: '刘芳', department: '三（2）班', title: '班主任' };
export const bookingHosts: Host[] = [
  liu,
  { id: 'p-zhou', name: '周敏', department: '保卫处', title: '安全管理员' },
  { id: 's-li', name: '李娟', department: '语文组', title: '教师' },
];

export function booking(now: number, n: number, change: Partial<BookingView> = {}): BookingView {
  const noon = startOfSchoolDay(now) + 14 * HOUR;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    ...{ booking: idOfBooking(n), state: 'approved', revision: 1, source: 'host', name: '赵敏', type: 'parent' },
    ...{ reason: 'parentTalk', note: '', host: liu, wanted: null, from: iso(noon), until: iso(noon + HOUR), party: 1 },
    ...{ phoneLast4: '5678', plate: null, dayOff: false, createdAt: iso(now - 20 * HOUR) },
    ...{ decidedBy: { id: 's-liu', name: '刘芳' }, decidedAt: iso(now - 20 * HOUR), closing: '', uses: [], ...change },
  };
}

export function bookings(now: number): BookingView[] {
  const morning = startOfSchoolDay(now) + 9 * HOUR;
  const day = (n: number) => {
    const from = startOfSchoolDay(now) + n * 24 * HOUR + 14 * HOUR;
    return { from: new Date(from).toISOString(), until: new Date(from + HOUR).toISOString() };
  };
  const use = (gate: string, doubt: 'again' | null, n: number) => ({
    ...{
      visit: idOfBooking(50 + n),
      gate,
      at: new Date(morning + n * 60_000).toISOString(),
      offline: doubt !== null,
      doubt,
    },
  });
  const undecided = { state: 'waiting', source: 'visitor', decidedBy: null, decidedAt: null } as const;
  return [
    booking(now, 1, { ...undecided, name: '钱进', wanted: { department: '三(2)班', person: '刘芳老师' }, ...day(1) }),
    booking(now, 2, { ...undecided, name: '孙丽', host: null, wanted: { department: '', person: '李娟' }, ...day(2) }),
    booking(now, 3, { name: '周杰', uses: [use('main', null, 0)] }),
    booking(now, 4, { name: '阿卜杜热合曼·买买提艾力·玉素甫', party: 12, plate: '京A12345', note: '送书柜，走东门' }),
    booking(now, 5, {
      name: '吴刚',
      type: 'contractor',
      reason: 'repair',
      uses: [use('main', null, 1), use('north', 'again', 9)],
    }),
    booking(now, 6, { ...day(4), dayOff: true }),
    booking(now, 7, { ...day(3), name: '郑爽', state: 'cancelled', closing: '改期' }),
    booking(now, 8, { ...day(-2), name: '王五' }),
  ];
}
