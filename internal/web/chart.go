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
	Each   string   // what a label stands for, in the table; "" is Day
	Labels []string // along the bottom, one for each value
	Series []Series // at most four
}

// Series is one line, or one part of each bar.
type Series struct {
	Name   string
	Values []float64 // as many as the chart has labels, none negative
}

// The chart's measure: upright in pixels (the stylesheet gives it this height), across in percent, so that it
// fills any width with bars that stretch and letters that do not.
const (
	chartHeight = 210
	chartTop    = 8
	chartBottom = chartHeight - 26
)

// BarChart draws one bar for each label, its parts stacked in the order of the series.
func BarChart(c Chart) template.HTML { return c.draw(true, c.bars) }

// LineChart draws one line for each series.
func LineChart(c Chart) template.HTML { return c.draw(false, c.lines) }

// draw puts together legend, scale, plot and table; marks draws what the values become.
func (c Chart) draw(stacked bool, marks func(b *strings.Builder, top float64)) template.HTML {
	var b, grid strings.Builder
	top := niceTop(c.highest(stacked))
	b.WriteString(`<figure class="chart">`)
	c.legend(&b)
	b.WriteString(`<div class="chart-frame"><svg class="chart-scale" aria-hidden="true">`)
	for i := range 5 {
		v := top * float64(i) / 4
		y := upright(v, top)
		class := "grid"
		if i == 0 {
			class = "axis"
		}
		fmt.Fprintf(&b, `<text class="tick" x="30" y="%s" text-anchor="end">%s</text>`, num(y+4), short(v))
		fmt.Fprintf(&grid, `<line class="%s" x1="0" x2="100%%" y1="%s" y2="%s"/>`, class, num(y), num(y))
	}
	id := template.HTMLEscapeString(c.ID)
	fmt.Fprintf(&b, `</svg><svg class="chart-plot" role="img" aria-labelledby="%s-t %s-d">`, id, id)
	fmt.Fprintf(&b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>%s`,
		id, template.HTMLEscapeString(c.Title), id, template.HTMLEscapeString(c.Desc), grid.String())
	every := max(1, int(math.Ceil(float64(len(c.Labels))/7)))
	for i, label := range c.Labels {
		if i%every != 0 {
			continue
		}
		class := "tick"
		if i/every%2 == 1 {
			class = "tick second" // left out where it is narrow
		}
		fmt.Fprintf(&b, `<text class="%s" x="%s%%" y="%d" text-anchor="middle">%s</text>`,
			class, num(c.across(i)), chartHeight-6, template.HTMLEscapeString(label))
	}
	marks(&b, top)
	b.WriteString(`</svg></div>`)
	c.table(&b)
	b.WriteString(`</figure>`)
	return template.HTML(b.String()) //nolint:gosec // numbers and escaped text only
}

// bars stand on an area of full height, which carries the tip and is easier to hit than a low bar.
func (c Chart) bars(b *strings.Builder, top float64) {
	slot := 100 / float64(max(1, len(c.Labels)))
	width := math.Min(slot*0.62, 8)
	for i := range c.Labels {
		fmt.Fprintf(b, `<g class="slot"><title>%s</title><rect class="hit" x="%s%%" y="%d" width="%s%%" height="%d"/>`,
			template.HTMLEscapeString(c.tip(i)), num(c.across(i)-slot/2), chartTop, num(slot), chartBottom-chartTop)
		sum, last := 0.0, c.lastWith(i)
		for s := range c.Series {
			v := c.value(s, i)
			if v <= 0 {
				continue
			}
			y0, y1 := upright(sum, top), upright(sum+v, top)
			sum += v
			round := ""
			if s == last {
				round = ` rx="2"`
			}
			fmt.Fprintf(b, `<rect class="bar c%d" x="%s%%" y="%s" width="%s%%" height="%s"%s/>`,
				s%4+1, num(c.across(i)-width/2), num(y1), num(width), num(math.Max(1, y0-y1)), round)
		}
		b.WriteString(`</g>`)
	}
}

// lines are drawn piece by piece, because only a line's ends, and no path, may be given in percent.
func (c Chart) lines(b *strings.Builder, top float64) {
	for s := range c.Series {
		for i := 1; i < len(c.Labels); i++ {
			fmt.Fprintf(b, `<line class="line c%d" x1="%s%%" y1="%s" x2="%s%%" y2="%s"/>`, s%4+1,
				num(c.across(i-1)), num(upright(c.value(s, i-1), top)), num(c.across(i)), num(upright(c.value(s, i), top)))
		}
		for i := range c.Labels {
			fmt.Fprintf(b, `<circle class="dot c%d" cx="%s%%" cy="%s" r="3"><title>%s</title></circle>`, s%4+1,
				num(c.across(i)), num(upright(c.value(s, i), top)), template.HTMLEscapeString(c.tip(i)))
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
	each := c.Each
	if each == "" {
		each = "Day"
	}
	fmt.Fprintf(b, `<details class="chart-table"><summary>Show the numbers</summary><div class="scroll"><table><thead><tr><th scope="col">%s</th>`, template.HTMLEscapeString(each))
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

// across is the middle of label i's slot, in percent.
func (c Chart) across(i int) float64 {
	return 100 * (float64(i) + 0.5) / float64(max(1, len(c.Labels)))
}

// upright is the height of a value, in pixels from above.
func upright(v, top float64) float64 { return chartBottom - (chartBottom-chartTop)*v/top }

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

func num(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }

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
