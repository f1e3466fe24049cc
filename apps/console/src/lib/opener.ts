/** Whether a link may be shown: the screen is built, and its reader may open it. Called while a component starts. */
import { opens, type ScreenId } from '../routes.ts';
import { getBuilt, getSession } from './context.ts';

export function opener(): (screen: ScreenId) => boolean {
  const built = getBuilt();
  const session = getSession();
  return (screen) => built.includes(screen) && opens(screen, session.me?.permissions ?? []);
}
