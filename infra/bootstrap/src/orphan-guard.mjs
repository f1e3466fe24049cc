/** Preloaded into every Node child: without its launcher it ends as if it had been asked to. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
