export default function setup(): Promise<void>;
export const PLAIN: string[];
