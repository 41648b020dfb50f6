package web

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
)

// icons are drawn on a field of 20 by 20 with a line of 1.5, in the colour of the text around them.
var icons = map[string]string{
	"home":     `<path d="M3.5 9.2 10 3.8l6.5 5.4V16a.7.7 0 0 1-.7.7H12v-4.5H8v4.5H4.2a.7.7 0 0 1-.7-.7z"/>`,
	"plug":     `<path d="M7 3v4m6-4v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V17.5"/>`,
	"bolt":     `<path d="M11 2.8 4.8 11.4H9.5L9 17.2l6.2-8.6h-4.7z"/>`,
	"users":    `<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5c.3-3 2.2-4.8 5-4.8s4.7 1.8 5 4.8M13 4.5a2.7 2.7 0 0 1 0 5.1M14.5 12c1.8.6 2.8 2.2 3 4.5"/>`,
	"user":     `<circle cx="10" cy="7" r="3"/><path d="M4 17c.4-3.4 2.7-5.2 6-5.2s5.6 1.8 6 5.2"/>`,
	"message":  `<path d="M4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5H9.5L6 17v-3H4.5A1.5 1.5 0 0 1 3 12.5v-7A1.5 1.5 0 0 1 4.5 4z"/>`,
	"reply":    `<path d="M8 5 3.5 9.5 8 14M4 9.5h7.5c3 0 5 2 5 5.5"/>`,
	"inbox":    `<path d="M3 11.5 5.2 4.5h9.6L17 11.5V16H3zM3 11.5h4c.3 1.6 1.4 2.4 3 2.4s2.7-.8 3-2.4h4"/>`,
	"flow":     `<rect x="3" y="3" width="6" height="4.5" rx="1.2"/><rect x="11" y="12.5" width="6" height="4.5" rx="1.2"/><path d="M6 7.5v5a2.2 2.2 0 0 0 2.2 2.2H11"/>`,
	"tag":      `<path d="M3.5 4.5v5.3l7 7 6-6-7-7H4.2a.7.7 0 0 0-.7.7z"/><circle cx="7" cy="7.3" r=".9"/>`,
	"chart":    `<path d="M3.5 16.5h13M6 13.5v-3M10 13.5v-8M14 13.5v-5"/>`,
	"send":     `<path d="M3 9.7 17 3.5 13 17l-3.5-5.5zM9.5 11.5 17 3.5"/>`,
	"phone":    `<rect x="5.5" y="2.5" width="9" height="15" rx="2"/><path d="M9 14.8h2"/>`,
	"gear":     `<circle cx="10" cy="10" r="2.6"/><path d="M10 2.8v2.4M10 14.8v2.4M2.8 10h2.4M14.8 10h2.4M4.9 4.9l1.7 1.7M13.4 13.4l1.7 1.7M4.9 15.1l1.7-1.7M13.4 6.6l1.7-1.7"/>`,
	"key":      `<circle cx="6.7" cy="13.3" r="3.2"/><path d="m9 11 7-7m-2.5 2.5 2 2M11.2 8.8l1.6 1.6"/>`,
	"clock":    `<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.6"/>`,
	"moon":     `<path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z"/>`,
	"sun":      `<circle cx="10" cy="10" r="3.2"/><path d="M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1"/>`,
	"auto":     `<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5v13a6.5 6.5 0 0 0 0-13z" fill="currentColor"/>`,
	"check":    `<path d="m4.5 10.5 3.7 3.7 7.3-8"/>`,
	"x":        `<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
	"alert":    `<path d="M10 3.5 17.5 16.5h-15zM10 8.5v3.7M10 14.3v.2"/>`,
	"info":     `<circle cx="10" cy="10" r="7"/><path d="M10 9.3v4M10 6.5v.2"/>`,
	"pause":    `<path d="M7 4.5v11M13 4.5v11"/>`,
	"play":     `<path d="M6.5 4.2v11.6l9-5.8z"/>`,
	"skip":     `<path d="M4 5v10l7-5zM11 5v10M15.5 5v10"/>`,
	"delay":    `<path d="M16.5 10.5a6.5 6.5 0 1 1-2-4.7M16.8 3v3.5h-3.5M10 7v3.5l2.3 1.4"/>`,
	"undo":     `<path d="M7 4 3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8"/>`,
	"repeat":   `<path d="M4 9.5V8.5a3 3 0 0 1 3-3h8.5m-2.7-2.7 2.7 2.7-2.7 2.7M16 10.5v1a3 3 0 0 1-3 3H4.5m2.7 2.7-2.7-2.7 2.7-2.7"/>`,
	"calendar": `<rect x="3.5" y="4.5" width="13" height="12" rx="1.5"/><path d="M3.5 8.5h13M7 2.8v3M13 2.8v3"/>`,
	"box":      `<path d="m10 3 6.5 3.3v7.4L10 17l-6.5-3.3V6.3zM3.5 6.3 10 9.7l6.5-3.4M10 9.7V17"/>`,
	"card":     `<rect x="2.8" y="4.8" width="14.4" height="10.4" rx="1.5"/><path d="M2.8 8.3h14.4M5.5 12.3h3"/>`,
	"search":   `<circle cx="8.7" cy="8.7" r="5.2"/><path d="m12.6 12.6 4 4"/>`,
	"copy":     `<rect x="7" y="7" width="9.5" height="9.5" rx="1.5"/><path d="M13 7V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2"/>`,
	"link":     `<path d="M8.5 11.5 11.5 8.5M9 6.5l1.7-1.7a3.2 3.2 0 0 1 4.5 4.5L13.5 11M11 13.5l-1.7 1.7a3.2 3.2 0 0 1-4.5-4.5L6.5 9"/>`,
	"external": `<path d="M11 4h5v5M16 4l-7 7M13.5 11.5V16h-9.5V6.5h4.5"/>`,
	"plus":     `<path d="M10 4v12M4 10h12"/>`,
	"trash":    `<path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5"/>`,
	"menu":     `<path d="M3.5 6h13M3.5 10h13M3.5 14h13"/>`,
	"down":     `<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
	"left":     `<path d="M12 5.5 7.5 10l4.5 4.5"/>`,
	"right":    `<path d="m8 5.5 4.5 4.5L8 14.5"/>`,
	"exit":     `<path d="M11.5 3.5H4.5v13h7M8.5 10h8.5m-3-3 3 3-3 3"/>`,
	"hand":     `<path d="M6.5 3h7L17 6.5v7L13.5 17h-7L3 13.5v-7zM10 6.5v4.2M10 13.3v.2"/>`,
	"eye":      `<path d="M2.5 10c1.8-3.3 4.3-5 7.5-5s5.7 1.7 7.5 5c-1.8 3.3-4.3 5-7.5 5s-5.7-1.7-7.5-5z"/><circle cx="10" cy="10" r="2.3"/>`,
	"book":     `<path d="M10 5.5C8.5 4.3 6.5 4 3.5 4v11.5c3 0 5 .3 6.5 1.5 1.5-1.2 3.5-1.5 6.5-1.5V4c-3 0-5 .3-6.5 1.5zM10 5.5V17"/>`,
}

// Icon draws one of the kit's icons for eyes only: the words beside it carry the meaning. An unknown name is an
// error, so that Check finds it.
func Icon(name string) (template.HTML, error) {
	paths, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("web: no icon %q", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">` + //nolint:gosec // constants
		paths + `</svg>`), nil
}

// IconNames lists the icons, sorted.
func IconNames() []string { return slices.Sorted(maps.Keys(icons)) }
