package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The three sorts of number below are written in Prometheus's text format, version 0.0.4. There are few of them
// and their labels are closed lists, which keeps this to a page: a client library would bring protocol buffers,
// compression and a registry for what is a dozen lines of text. A label may never hold a phone number, a shop
// or a message's id: each value would be a series of its own, and a leak.

// sample is one line: labels (already written, or "") and value.
type sample struct {
	labels string
	value  float64
}

// family is all samples under one name.
type family interface {
	write(ctx context.Context, w io.Writer)
}

// labelled joins names and values as the format wants them.
func labelled(names, values []string) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(n)
		b.WriteByte('=')
		b.WriteByte('"')
		b.WriteString(labelEscape.Replace(values[i]))
		b.WriteByte('"')
	}
	return b.String()
}

var labelEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func head(w io.Writer, name, help, kind string) {
	_, _ = fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func line(w io.Writer, name, labels string, v float64) {
	if labels != "" {
		labels = "{" + labels + "}"
	}
	_, _ = fmt.Fprintf(w, "%s%s %s\n", name, labels, strconv.FormatFloat(v, 'g', -1, 64))
}

// counter only grows.
type counter struct {
	name, help string
	labels     []string

	mu sync.Mutex
	n  map[string]float64
}

func newCounter(name, help string, labels ...string) *counter {
	return &counter{name: name, help: help, labels: labels, n: map[string]float64{}}
}

func (c *counter) add(values ...string) {
	l := labelled(c.labels, values)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[l]++
}

func (c *counter) write(_ context.Context, w io.Writer) {
	head(w, c.name, c.help, "counter")
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := make([]string, 0, len(c.n))
	for k := range c.n {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		line(w, c.name, k, c.n[k])
	}
}

// histogram counts durations in seconds.
type histogram struct {
	name, help string
	bounds     []float64

	mu    sync.Mutex
	in    []uint64 // by bound, not yet summed up; the last is above all bounds
	sum   float64
	total uint64
}

func newHistogram(name, help string, bounds ...float64) *histogram {
	return &histogram{name: name, help: help, bounds: bounds, in: make([]uint64, len(bounds)+1)}
}

func (h *histogram) observe(seconds float64) {
	i, _ := slices.BinarySearch(h.bounds, seconds)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.in[i]++
	h.sum += seconds
	h.total++
}

func (h *histogram) write(_ context.Context, w io.Writer) {
	head(w, h.name, h.help, "histogram")
	h.mu.Lock()
	defer h.mu.Unlock()
	var below uint64
	for i, b := range h.bounds {
		below += h.in[i]
		line(w, h.name+"_bucket", labelled([]string{"le"}, []string{strconv.FormatFloat(b, 'g', -1, 64)}), float64(below))
	}
	line(w, h.name+"_bucket", `le="+Inf"`, float64(h.total))
	line(w, h.name+"_sum", "", h.sum)
	line(w, h.name+"_count", "", float64(h.total))
}

// gauge is asked when it is read.
type gauge struct {
	name, help string
	read       func(ctx context.Context) ([]sample, error)
}

func (g gauge) write(ctx context.Context, w io.Writer) {
	samples, err := g.read(ctx)
	if err != nil {
		return // a number that is not there is told apart from 0 by whoever watches
	}
	head(w, g.name, g.help, "gauge")
	for _, s := range samples {
		line(w, g.name, s.labels, s.value)
	}
}

// expose writes all families.
func expose(ctx context.Context, w io.Writer, families ...family) error {
	b := bufio.NewWriter(w)
	for _, f := range families {
		f.write(ctx, b)
	}
	return b.Flush()
}
