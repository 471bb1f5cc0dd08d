import { playScenarios } from '../support/scenarios';

playScenarios(2);
