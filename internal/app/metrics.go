package app

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"rejoinder/internal/store"
)

// metrics are the numbers at /metrics. They are reset by a restart, as Prometheus expects. A label may never hold
// a shop, a phone number or a message's id: each value would be a series of its own, and a leak.
type metrics struct {
	http.Handler

	requests   *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	texts      *prometheus.CounterVec
	work       *prometheus.CounterVec
	answers    prometheus.Histogram

	log *slog.Logger // of panics
}

func newMetrics(version string, db *store.DB, now func() time.Time, log *slog.Logger) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rejoinder_" + name, Help: help}, labels)
	}
	m := &metrics{
		log:        log,
		requests:   counter("http_requests_total", "Requests answered, by surface and class of status.", "surface", "status"),
		deliveries: counter("deliveries_total", "Requests that carried a trigger to Postscript, by what became of them.", "outcome"),
		texts:      counter("texts_total", "Texts handed to the gateway, by what became of them.", "outcome"),
		work:       counter("work_total", "Handler calls of the work loop, by kind and result.", "kind", "result"),
		answers: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "rejoinder_reply_answer_seconds", Help: "From a reply's arrival until its answer was taken by Postscript.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800},
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "rejoinder_build_info", Help: "The version that runs.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.deliveries, m.texts, m.work, m.answers, build, queueDepths{db},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "rejoinder_clock_offset_seconds", Help: "How far the demo's clock is ahead of the real one.",
		}, func() float64 { return time.Until(now()).Round(time.Second).Seconds() }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, Timeout: 10 * time.Second})
	return m
}

// queueDepths asks the database how much work lies in rows, at each scrape.
type queueDepths struct{ db *store.DB }

var (
	depthWaiting = prometheus.NewDesc("rejoinder_queue_rows", "Rows that wait for their moment or for a worker, by kind; counted up to 100000.", []string{"kind"}, nil)
	depthDue     = prometheus.NewDesc("rejoinder_queue_due_rows", "Rows whose moment has come and that are not done, by kind; counted up to 100000.", []string{"kind"}, nil)
)

// Describe names what Collect measures.
func (queueDepths) Describe(ch chan<- *prometheus.Desc) { ch <- depthWaiting; ch <- depthDue }

// Collect measures. While the database is away there are no numbers, which is not the same as 0.
func (q queueDepths) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var depths []store.Depth
	if err := q.db.Read(ctx, func(tx *store.Tx) (err error) { depths, err = tx.Depths(); return err }); err != nil {
		return
	}
	for _, d := range depths {
		ch <- prometheus.MustNewConstMetric(depthWaiting, prometheus.GaugeValue, float64(d.Waiting), d.Kind)
		ch <- prometheus.MustNewConstMetric(depthDue, prometheus.GaugeValue, float64(d.Due), d.Kind)
	}
}

// counted counts the requests of one surface. The status is a class ("2xx"): that is what one alarms on. A handler
// that panics is a 500 and a line in the log, whoever called it: net/http would log what it panicked with, which
// may be anybody's text, and inside the process nobody would log anything.
func (m *metrics) counted(surface string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			v := recover()
			status := cmp.Or(sw.status, http.StatusOK)
			if v != nil && v != http.ErrAbortHandler { //nolint:errorlint // the documented sentinel of net/http
				status = http.StatusInternalServerError
				m.log.ErrorContext(r.Context(), "a handler panicked", "surface", surface, "panic", panicked(v), "stack", string(debug.Stack()))
				if sw.status == 0 {
					w.WriteHeader(status)
					v = nil
				} else {
					v = http.ErrAbortHandler // half an answer is none
				}
			}
			m.requests.WithLabelValues(surface, strconv.Itoa(status/100)+"xx").Inc()
			if v != nil {
				panic(v)
			}
		}()
		next.ServeHTTP(sw, r)
	})
}

// panicked says what a panic was without showing what somebody's data may be part of.
func panicked(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", v)
}

// statusWriter remembers the status. Unwrap lets http.ResponseController reach what is below.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// Write begins the answer, with 200 unless there is a status.
func (w *statusWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// WriteHeader remembers the status.
func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
