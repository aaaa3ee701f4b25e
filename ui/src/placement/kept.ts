/** Under what a placement being written is kept: for its author and family alone. */
export const keptAs = (author: string | undefined, family: string) => `placement ${author ?? ""} ${family}`;
