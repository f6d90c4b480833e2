import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getSuggestedBox } from '../../api/exports'
import { isOther } from '../../model/sources/source-pick'
import type { NewExport, Source } from '../../wire'
import { positive } from '../kit/format'
import { Field } from '../kit/ui'

/** Stands for the final picks among the sources. */
export const FINAL = 0

/** The particles themselves instead of their coordinates. */
export const STACKS = 'relion_stacks'

/** The program that knows micrographs by their paths, and so needs what stands before the file names; null for others. */
export function programWithPaths(format: string): 'RELION' | 'cryoSPARC' | null {
  if (format === 'cryosparc') return 'cryoSPARC'
  return format.startsWith('relion') ? 'RELION' : null
}

const TEXTS = [
  'folder',
  'least_score',
  'scale',
  'box_px',
  'binned_box',
  'remove_prefix',
  'remove_suffix',
  'add_prefix',
  'add_suffix',
  'extension',
] as const

export type Options = Record<(typeof TEXTS)[number] | 'format', Signal<string>> & {
  readonly alone: Signal<boolean>
  readonly flipY: Signal<boolean>
  readonly reviewedOnly: Signal<boolean>
  readonly invert: Signal<boolean>
  readonly normalise: Signal<boolean>
  readonly halfPrecision: Signal<boolean>
  readonly provenance: Signal<boolean>
  readonly snapshot: Signal<number | null>
  readonly sources: Signal<readonly number[]>
}

export function useOptions(format: string): Options {
  return {
    format: useSignal(format),
    folder: useSignal(''),
    least_score: useSignal(''),
    scale: useSignal(''),
    box_px: useSignal(''),
    binned_box: useSignal(''),
    remove_prefix: useSignal(''),
    remove_suffix: useSignal(''),
    add_prefix: useSignal(''),
    add_suffix: useSignal(''),
    extension: useSignal(''),
    alone: useSignal(false),
    flipY: useSignal(false),
    reviewedOnly: useSignal(false),
    invert: useSignal(true),
    normalise: useSignal(true),
    halfPrecision: useSignal(false),
    provenance: useSignal(false),
    snapshot: useSignal<number | null>(null),
    sources: useSignal<readonly number[]>([FINAL]),
  }
}

/** What is asked of the server; a sentence where a number cannot be read. */
export function wantedExport(options: Options, micrograph: number | null): NewExport | string {
  const scale = options.scale.value.trim() ? positive(options.scale.value) : 1
  const box = wholePixels(options.box_px.value)
  const binned = wholePixels(options.binned_box.value)
  const score = options.least_score.value.trim() ? Number(options.least_score.value) : null
  if (scale === null) return 'The scale must be a number greater than 0, as 2.'
  if (box === undefined || binned === undefined) return 'Boxes must be whole numbers of pixels.'
  if (score !== null && !Number.isFinite(score)) return 'The least score must be a number.'
  if (options.sources.value.length === 0) return 'Choose at least one source of picks.'
  return {
    format: options.format.value as NewExport['format'],
    micrograph,
    sources: [...options.sources.value],
    least_score: score,
    reviewed_only: options.reviewedOnly.value,
    folder: programWithPaths(options.format.value) ? options.folder.value.trim() : '',
    flip_y: options.flipY.value,
    scale,
    box_px: box,
    remove_prefix: options.remove_prefix.value,
    remove_suffix: options.remove_suffix.value,
    add_prefix: options.add_prefix.value,
    add_suffix: options.add_suffix.value,
    extension: options.extension.value.trim(),
    binned_box: binned,
    invert: options.invert.value,
    normalise: options.normalise.value,
    half_precision: options.halfPrecision.value,
    provenance: options.provenance.value,
    snapshot: options.snapshot.value,
  }
}

/** null where nothing is written, undefined where it is no whole number above 0. */
function wholePixels(text: string): number | null | undefined {
  if (!text.trim()) return null
  const number = positive(text)
  return number !== null && Number.isInteger(number) ? number : undefined
}

/** How particle stacks are made. */
export function StackOptions({ project, options }: { project: number; options: Options }): JSX.Element {
  const box = useSignal<number | null>(null)
  useEffect(() => {
    void getSuggestedBox(project).then(
      found => {
        box.value = found.box_px
      },
      () => undefined, // the server takes it all the same
    )
  }, [project])
  return (
    <fieldset class="choices">
      <legend>Images</legend>
      <div class="export-fields">
        <Field
          label="Box"
          unit="px"
          text={options.box_px}
          numeric
          placeholder={box.value === null ? '' : String(box.value)}
          hint={box.value === null ? '1.5 diameters if empty' : `${box.value} if empty: 1.5 diameters`}
          testid="stack-box"
        />
        <Field
          label="Binned to"
          unit="px"
          text={options.binned_box}
          numeric
          placeholder="as the box"
          testid="stack-binned"
        />
      </div>
      <Check label="Invert the contrast: particles become white" on={options.invert} testid="stack-invert" />
      <Check
        label="Normalise by the background, as RELION does"
        on={options.normalise}
        testid="stack-normalise"
      />
      <Check
        label="16-bit floats: half the size (RELION 4 and later)"
        on={options.halfPrecision}
        testid="stack-half"
      />
    </fieldset>
  )
}

interface Props {
  options: Options
  sources: readonly Source[]
}

/** What few people need. */
export function MoreOptions({ options, sources }: Props): JSX.Element {
  const others = sources.filter(isOther)
  return (
    <details class="export-more">
      <summary data-testid="export-more">More: sources, filters, scale, names</summary>
      <div class="form">
        <fieldset class="choices">
          <legend>Picks of</legend>
          <SourceCheck id={FINAL} name="people and networks, as the canvas shows" chosen={options.sources} />
          {others.map(({ id, name }) => (
            <SourceCheck key={id} id={id} name={name} chosen={options.sources} />
          ))}
        </fieldset>
        <div class="export-fields">
          <Field label="Score at least" text={options.least_score} numeric testid="export-score" />
          {options.format.value !== STACKS && (
            <Field
              label="Box"
              unit="px"
              text={options.box_px}
              numeric
              placeholder="1.5 diameters"
              testid="export-box"
            />
          )}
          <Field
            label="Scale"
            text={options.scale}
            numeric
            placeholder="1"
            hint="2: their images are half as large"
            testid="export-scale"
          />
        </div>
        <Check
          label="Only micrographs on which somebody has marked something"
          on={options.reviewedOnly}
          testid="export-reviewed"
        />
        <Check
          label={
            options.format.value === 'cryosparc'
              ? 'Flip y (if picks lie upside down in cryoSPARC: its Patch Motion may turn micrographs)'
              : 'Flip y (only for TIFFs that the next program reads upside down)'
          }
          on={options.flipY}
          testid="export-flip-y"
        />
        <div class="export-fields">
          <Field
            label="Names begin with, to take off"
            text={options.remove_prefix}
            testid="export-remove-prefix"
          />
          <Field
            label="Names end with, to take off"
            text={options.remove_suffix}
            placeholder="_DW"
            testid="export-remove-suffix"
          />
          <Field label="Put before names" text={options.add_prefix} testid="export-add-prefix" />
          <Field label="Put after names" text={options.add_suffix} testid="export-add-suffix" />
          <Field
            label="Extension"
            text={options.extension}
            placeholder="as it is"
            testid="export-extension"
          />
        </div>
      </div>
    </details>
  )
}

function SourceCheck({
  id,
  name,
  chosen,
}: {
  id: number
  name: string
  chosen: Signal<readonly number[]>
}): JSX.Element {
  const on = chosen.value.includes(id)
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={on}
        onChange={() => {
          const others = chosen.value.filter(each => each !== id)
          chosen.value = on ? others : [...others, id].sort((a, b) => a - b)
        }}
        data-testid={`export-source-${id}`}
      />
      <span>{name}</span>
    </label>
  )
}

function Check({ label, on, testid }: { label: string; on: Signal<boolean>; testid: string }): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={on.value}
        onChange={event => {
          on.value = event.currentTarget.checked
        }}
        data-testid={testid}
      />
      <span>{label}</span>
    </label>
  )
}
