import { playScenarios } from '../support/scenarios';

playScenarios(1);
