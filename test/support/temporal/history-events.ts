/** What an event of a history is: `workflowTaskCompleted`, `timerFired`, … */
export function kindOf(event: object): string {
  const filled = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value);
  return filled?.[0].replace(/EventAttributes$/, '') ?? 'unknown';
}
