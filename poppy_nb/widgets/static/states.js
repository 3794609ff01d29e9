// The states of a call: by name, by sign and by word. The order is that of messages.
export const STATES = ["planned", "queued", "running", "done", "failed", "cancelled"];
export const SIGNS = ["○", "◔", "▶", "✓", "✗", "⊘"];
export const PLANNED = 0;
export const QUEUED = 1;
export const RUNNING = 2;
export const DONE = 3;
export const FAILED = 4;
export const CANCELLED = 5;
// The state that a stack of calls is shown in: the one that matters most
export const WORST = [FAILED, CANCELLED, RUNNING, QUEUED, PLANNED, DONE];

export function seconds(time) {
  if (time === null || time === undefined) return "";
  if (time < 0.0995) return `${Math.round(time * 1000)} ms`;
  return time < 99.95 ? `${time.toFixed(1)} s` : `${(time / 60).toFixed(1)} min`;
}
