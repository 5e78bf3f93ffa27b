import { RequestError } from '../../protocol/errors.ts';
import type { Recipe, Stage } from '../../protocol/training.ts';
import { aceReasonRecipe } from './acereason.ts';

const RECIPES: readonly Recipe[] = [aceReasonRecipe('7B'), aceReasonRecipe('14B')];

/** All recipes that a stage can be launched from. */
export function listRecipes(): Recipe[] {
  return [...RECIPES];
}

/** @throws RequestError when there is no such recipe or stage. */
export function findStage(recipeId: string, stageId: string): { recipe: Recipe; stage: Stage } {
  const recipe = RECIPES.find(({ id }) => id === recipeId);
  if (recipe === undefined) throw new RequestError('not-found', `no recipe "${recipeId}"; known: ${RECIPES.map(({ id }) => id).join(', ')}`);
  const stage = recipe.stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new RequestError('not-found', `recipe "${recipeId}" has no stage "${stageId}"; it has ${recipe.stages.map(({ id }) => id).join(', ')}`);
  return { recipe, stage };
}
