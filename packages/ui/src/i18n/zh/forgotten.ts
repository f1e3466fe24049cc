/** Staff at the gate without their card 忘带卡, at the kiosk and in the records. Sorted. */
import type { CardForgotten } from '@anyuan/contracts';

export const forgotten = {
  colleague: '同事刷自己的卡',
  colleagueNote: (name: string) => `放上读卡器，就是作证：这是${name}`,
  done: '确认',
  empty: '名单上没有这个人。换一个键试试；不在名单上，按访客登记。',
  failed: '没有记上',
  mark: ({ proof, by }: CardForgotten) => (proof === 'pin' ? '忘带卡，本人密码' : `忘带卡，${by.name}作证`),
  noPin: '没有设密码，请同事刷卡',
  notListed: '培训人员里没有他。请在管理台登记，再签一次。',
  pin: '或者本人输入密码',
  record: '忘带卡进出',
  staff: '本校教职工',
  staffNote: '没带卡的',
  short: '忘带卡',
  start: '按姓名拼音点键',
  title: '教职工忘带卡',
};
