import { calendarRoutes } from './calendar';
import { employerRoutes } from './employers';
import { officialRoutes } from './officials';
import { peopleRoutes } from './people';
import type { Route } from './route';
import { territoryRoutes } from './territories';
import { vacancyRoutes } from './vacancies';

/** Every route under /v1, in the order of the reference page: each resource file declares its own. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...employerRoutes,
  ...vacancyRoutes,
  ...territoryRoutes,
  ...calendarRoutes,
  ...officialRoutes,
];
