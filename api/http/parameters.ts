import { asText } from './examples';

/** What a parameter does, by its name. A parameter whose schema has a description keeps its own. */
const parameterWords: Readonly<Record<string, string>> = {
  account: 'Only entries of this account of the ledger.',
  area: 'Only this area: the code of a region, a district or a mahalla.',
  basis: 'The day on which money counts: the day of its posting, or the month worked.',
  blocked: 'With `yes` only claims that have blockers, with `no` only those without.',
  channel: 'Only messages by this channel.',
  claim: 'Only entries of this claim.',
  code: 'The code of the term or territory.',
  date: 'The day, as YYYY-MM-DD.',
  district: 'Only this district: its code of 7 digits.',
  everywhere: 'With `yes` jobs of the whole republic, else only those of the person’s region.',
  from: 'The first day, as YYYY-MM-DD.',
  fund: 'Only the money of this fund.',
  ground: 'Only inspections on this ground.',
  id: 'The number or id, as lists and answers show it.',
  kind: 'Only rows of this kind.',
  left: 'With `yes` only officials who left, with `no` only those in office.',
  line: 'Only entries of this budget line.',
  mahalla: 'Only people of this mahalla: its code of 10 digits.',
  month: 'Only this month, as YYYY-MM.',
  overdue:
    'With `yes` only rows with a wait whose time is over: its owner’s, or that of the owner who had it before.',
  parent: 'Only the areas of this area.',
  programme: 'Only this programme.',
  recipient: 'Only messages to persons, to employers or to officials.',
  region: 'Only this region: its code of 4 digits.',
  retired: 'With `yes` only retired terms, with `no` only those in use.',
  role: 'Only officials with this role.',
  state: 'Only rows in this state.',
  subsidy: 'Only rows of this subsidy or adaptation.',
  to: 'The last day, as YYYY-MM-DD.',
  visited: 'With `yes` only people who were visited, with `no` only those who were not.',
  waitingFor: 'Only rows with a wait of this role.',
  year: 'Only this year.',
};

/** A parameter of the document, as far as it is read here. */
export interface Parameter {
  name?: string;
  in?: string;
  required?: boolean;
  description?: string;
  schema?: object;
}

/**
 * A parameter with its description. Readers of the document fill its example in when somebody tries a route. So the example of
 * an optional parameter stands in the words only: nobody filters a list without wanting it.
 */
export function described(parameter: Parameter): Parameter {
  const { name = '', required, schema = {} } = parameter;
  const { example, ...plain } = schema as { example?: unknown; description?: string };
  const words = parameter.description ?? plain.description ?? parameterWords[name];
  if (words === undefined) return parameter;
  if (required) return { ...parameter, description: words };
  const description = example === undefined ? words : `${words} For example \`${asText(example)}\`.`;
  return { ...parameter, description, schema: plain };
}
