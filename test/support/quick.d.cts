declare const quick: (files: string[]) => { filtered: string[] };
export = quick;
