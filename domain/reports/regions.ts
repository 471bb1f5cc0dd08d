import { contains, type Soato } from '../soato';

/** A place that has a row in a report. */
export interface Place {
  soato: Soato;
}

export interface Region extends Place {
  region: string;
}

/** The facts of a place. A fact's area is the place, or lies within it. */
export const factsOf = <F extends { area: Soato }>({ soato }: Place, facts: readonly F[]): F[] =>
  facts.filter(({ area }) => contains(soato, area));

/** The 14 regions in the order of the table of the 2023 programme, named as the territories are. */
export const regions: readonly Region[] = [
  { soato: '1735', region: 'Qoraqalpogʻiston Respublikasi' },
  { soato: '1703', region: 'Andijon viloyati' },
  { soato: '1706', region: 'Buxoro viloyati' },
  { soato: '1708', region: 'Jizzax viloyati' },
  { soato: '1710', region: 'Qashqadaryo viloyati' },
  { soato: '1712', region: 'Navoiy viloyati' },
  { soato: '1714', region: 'Namangan viloyati' },
  { soato: '1718', region: 'Samarqand viloyati' },
  { soato: '1724', region: 'Sirdaryo viloyati' },
  { soato: '1722', region: 'Surxondaryo viloyati' },
  { soato: '1727', region: 'Toshkent viloyati' },
  { soato: '1730', region: 'Fargʻona viloyati' },
  { soato: '1733', region: 'Xorazm viloyati' },
  { soato: '1726', region: 'Toshkent shahri' },
];
