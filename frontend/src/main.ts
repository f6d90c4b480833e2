import { h, render } from 'preact'
import { publishColours } from './canvas/colours'
import { keepStylesInFiles } from './canvas/styles-in-files'
import { App } from './panels/app'
import { followTheme } from './panels/theme'
import './styles/index.css'

publishColours(document.documentElement.style)
followTheme(document.documentElement)
keepStylesInFiles()

const root = document.getElementById('app')
if (root) render(h(App, null), root)
