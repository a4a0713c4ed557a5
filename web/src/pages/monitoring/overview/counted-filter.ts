/** The clients that the overview counts, as the list filters them: deleted ones are left out. */
export const countedFilter = 'status=active,stop';
