import { AreaTool } from './area'
import { EraseTool } from './erase'
import { LabelTool } from './label'
import { MoveTool } from './move'
import { PlaceTool } from './place'
import { PolygonTool } from './polygon'
import { RegionTool } from './region'
import { RulerTool } from './ruler'
import { SelectTool } from './select'
import type { Hand, Tool, ToolName } from './tool'

/** One instance of every tool; `hand` answers null to those who may only look, `eye` does not. */
export function makeTools(eye: () => Hand | null, hand: () => Hand | null): Record<ToolName, Tool> {
  return {
    select: new SelectTool(eye),
    box: new AreaTool('box', eye),
    lasso: new AreaTool('lasso', eye),
    particle: new LabelTool('particle', hand),
    background: new LabelTool('background', hand),
    contamination: new LabelTool('contamination', hand),
    region: new RegionTool(hand),
    polygon: new PolygonTool(hand),
    ruler: new RulerTool(eye),
    move: new MoveTool(hand),
    erase: new EraseTool(hand),
    comment: new PlaceTool('comment', eye),
    point: new PlaceTool('point', eye),
  }
}
