export function withLock<T>(lock: string, work: () => Promise<T>, onWait?: (pid: number) => void): Promise<T>;
