package web

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Chart is what BarChart and LineChart draw: named series over the same labels, on the server, as SVG that takes
// its colours from the stylesheet (classes c1 to c4), so that it follows the theme.
type Chart struct {
	ID     string   // unique on the page; ids of title and description derive from it
	Title  string   // names the chart for screen readers, and the table below it
	Desc   string   // what can be seen in it, in a sentence
	Unit   string   // of the values, for the table and the tips: "messages"
	Labels []string // along the bottom, one for each value
	Series []Series // at most four
}

// Series is one line, or one part of each bar.
type Series struct {
	Name   string
	Values []float64 // as many as the chart has labels, none negative
}

// The chart's own measure; the stylesheet scales it to the width there is.
const (
	chartW, chartH                              = 720, 220
	chartLeft, chartRight, chartTop, chartBelow = 40, 6, 10, 26
	plotW                                       = chartW - chartLeft - chartRight
	plotH                                       = chartH - chartTop - chartBelow
)

// BarChart draws one bar for each label, its parts stacked in the order of the series.
func BarChart(c Chart) template.HTML { return c.draw(true, c.bars) }

// LineChart draws one line for each series.
func LineChart(c Chart) template.HTML { return c.draw(false, c.lines) }

func (c Chart) draw(stacked bool, marks func(b *strings.Builder, top float64)) template.HTML {
	var b strings.Builder
	top := niceTop(c.highest(stacked))
	id := template.HTMLEscapeString(c.ID)
	b.WriteString(`<figure class="chart">`)
	c.legend(&b)
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-labelledby="%s-t %s-d">`, chartW, chartH, id, id)
	fmt.Fprintf(&b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`,
		id, template.HTMLEscapeString(c.Title), id, template.HTMLEscapeString(c.Desc))
	for i := range 5 {
		v := top * float64(i) / 4
		y := c.y(v, top)
		class := "grid"
		if i == 0 {
			class = "axis"
		}
		fmt.Fprintf(&b, `<line class="%s" x1="%d" x2="%d" y1="%s" y2="%s"/>`, class, chartLeft, chartW-chartRight, num(y), num(y))
		fmt.Fprintf(&b, `<text class="tick" x="%d" y="%s" text-anchor="end">%s</text>`, chartLeft-8, num(y+4), short(v))
	}
	every := max(1, int(math.Ceil(float64(len(c.Labels))/8)))
	for i, label := range c.Labels {
		if i%every == 0 {
			fmt.Fprintf(&b, `<text class="tick" x="%s" y="%d" text-anchor="middle">%s</text>`,
				num(c.x(i)), chartH-6, template.HTMLEscapeString(label))
		}
	}
	marks(&b, top)
	b.WriteString(`</svg>`)
	c.table(&b)
	b.WriteString(`</figure>`)
	return template.HTML(b.String()) //nolint:gosec // numbers and escaped text only
}

// bars are drawn as paths, whose uppermost part has round corners, over a full-height area that carries the tip.
func (c Chart) bars(b *strings.Builder, top float64) {
	width := math.Min(36, float64(plotW)/float64(max(1, len(c.Labels)))*0.64)
	for i := range c.Labels {
		x := c.x(i) - width/2
		fmt.Fprintf(b, `<g class="slot"><title>%s</title><rect class="hit" x="%s" y="%d" width="%s" height="%d"/>`,
			template.HTMLEscapeString(c.tip(i)), num(c.x(i)-float64(plotW)/float64(len(c.Labels))/2), chartTop,
			num(float64(plotW)/float64(len(c.Labels))), plotH)
		sum, last := 0.0, c.lastWith(i)
		for s := range c.Series {
			v := c.value(s, i)
			if v <= 0 {
				continue
			}
			y0, y1 := c.y(sum, top), c.y(sum+v, top)
			sum += v
			r := 0.0
			if s == last {
				r = math.Min(math.Min(3, width/2), y0-y1)
			}
			fmt.Fprintf(b, `<path class="c%d" d="M%s %sV%sQ%s %s %s %sH%sQ%s %s %s %sV%sZ"/>`, s%4+1,
				num(x), num(y0), num(y1+r), num(x), num(y1), num(x+r), num(y1),
				num(x+width-r), num(x+width), num(y1), num(x+width), num(y1+r), num(y0))
		}
		b.WriteString(`</g>`)
	}
}

func (c Chart) lines(b *strings.Builder, top float64) {
	for s := range c.Series {
		points := make([]string, len(c.Labels))
		for i := range c.Labels {
			points[i] = num(c.x(i)) + "," + num(c.y(c.value(s, i), top))
		}
		fmt.Fprintf(b, `<polyline class="line c%d" points="%s"/>`, s%4+1, strings.Join(points, " "))
		for i := range c.Labels {
			fmt.Fprintf(b, `<circle class="dot c%d" cx="%s" cy="%s" r="3"><title>%s</title></circle>`, s%4+1,
				num(c.x(i)), num(c.y(c.value(s, i), top)), template.HTMLEscapeString(c.tip(i)))
		}
	}
}

func (c Chart) legend(b *strings.Builder) {
	fmt.Fprintf(b, `<figcaption><span class="chart-title">%s</span>`, template.HTMLEscapeString(c.Title))
	if len(c.Series) > 1 {
		b.WriteString(`<span class="legend">`)
		for s, series := range c.Series {
			fmt.Fprintf(b, `<span class="key c%d">%s</span>`, s%4+1, template.HTMLEscapeString(series.Name))
		}
		b.WriteString(`</span>`)
	}
	b.WriteString(`</figcaption>`)
}

// table repeats the numbers for those who cannot see, or want to copy, the chart.
func (c Chart) table(b *strings.Builder) {
	b.WriteString(`<details class="chart-table"><summary>Show the numbers</summary><div class="scroll"><table><thead><tr><th scope="col">Day</th>`)
	for _, s := range c.Series {
		fmt.Fprintf(b, `<th scope="col" class="num">%s</th>`, template.HTMLEscapeString(s.Name))
	}
	b.WriteString(`</tr></thead><tbody>`)
	for i, label := range c.Labels {
		fmt.Fprintf(b, `<tr><th scope="row">%s</th>`, template.HTMLEscapeString(label))
		for s := range c.Series {
			fmt.Fprintf(b, `<td class="num">%s</td>`, plain(c.value(s, i)))
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></div></details>`)
}

func (c Chart) tip(i int) string {
	parts := make([]string, len(c.Series))
	for s, series := range c.Series {
		parts[s] = series.Name + " " + plain(c.value(s, i))
	}
	return strings.TrimSpace(c.Labels[i] + ": " + strings.Join(parts, ", ") + " " + c.Unit)
}

func (c Chart) value(s, i int) float64 {
	if i < len(c.Series[s].Values) {
		return c.Series[s].Values[i]
	}
	return 0
}

func (c Chart) lastWith(i int) int {
	last := -1
	for s := range c.Series {
		if c.value(s, i) > 0 {
			last = s
		}
	}
	return last
}

func (c Chart) highest(stacked bool) float64 {
	high := 0.0
	for i := range c.Labels {
		sum := 0.0
		for s := range c.Series {
			v := c.value(s, i)
			sum += v
			if !stacked {
				high = math.Max(high, v)
			}
		}
		if stacked {
			high = math.Max(high, sum)
		}
	}
	return high
}

func (c Chart) x(i int) float64 {
	return chartLeft + float64(plotW)*(float64(i)+0.5)/float64(max(1, len(c.Labels)))
}

func (c Chart) y(v, top float64) float64 { return chartTop + plotH*(1-v/top) }

// niceTop returns the end of the scale: the next of 4, 8, 12, 20, 40, 80 … times a power of ten, so that its
// quarters are round.
func niceTop(high float64) float64 {
	if high <= 4 {
		return 4
	}
	for unit := 1.0; ; unit *= 10 {
		for _, step := range []float64{4, 8, 12, 20} {
			if high <= step*unit {
				return step * unit
			}
		}
	}
}

func num(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

func plain(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return grouped(int(f))
	}
	return strconv.FormatFloat(f, 'f', 2, 64)
}

// short writes the numbers of the scale: 1.2k, 3M.
func short(f float64) string {
	switch {
	case f >= 1e6:
		return num(f/1e6) + "M"
	case f >= 1e4:
		return num(f/1e3) + "k"
	}
	return plain(f)
}
