import { h, render } from 'preact'
import { publishColours } from './canvas/colours'
import { App } from './panels/app'
import { startRouter } from './panels/router'
import { followTheme } from './panels/theme'
import './styles/index.css'

publishColours(document.documentElement.style)
followTheme(document.documentElement)
startRouter()
const root = document.getElementById('app')
if (root) render(h(App, null), root)
