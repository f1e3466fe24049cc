/** What happened and what to do now, by error code. Never the server's own message. */
import type { ErrorCode } from '@anyuan/contracts';

export const errors = {
  badInput: '填的内容不对。改好再试。',
  conflict: '别人刚改过。刷新再看。',
  forbidden: '没有这个权限。请找安全管理员。',
  internal: '系统出错，已记录。再试一次，还不行就用纸质登记表。',
  notFound: '找不到这条记录。返回再看。',
  notKept: '本机存储写不进，这件事没有办成。先记在纸上，写清时间和编号，马上打电话给安全管理员。',
  notSignedIn: '登录已失效。请重新登录。',
  tooLarge: '内容太多。分几次提交。',
  tooMany: '试得太快。等一分钟再试。',
  unavailable: '连不上学校服务器。稍后自动重连，急事用电话。',
} satisfies Record<ErrorCode, string>;
