package app

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"rejoinder/internal/store"
)

// metrics are the numbers at /metrics. Reset by a restart, as Prometheus expects.
type metrics struct {
	requests   *counter
	deliveries *counter
	texts      *counter
	work       *counter
	answers    *histogram
	all        []family
}

func newMetrics(version string, db *store.DB, now func() time.Time) *metrics {
	m := &metrics{
		requests:   newCounter("rejoinder_http_requests_total", "Requests answered, by surface and status class.", "surface", "status"),
		deliveries: newCounter("rejoinder_deliveries_total", "Requests that carried a trigger to Postscript, by what became of them.", "outcome"),
		texts:      newCounter("rejoinder_texts_total", "Texts handed to the gateway, by what became of them.", "outcome"),
		work:       newCounter("rejoinder_work_total", "Handler calls of the work engine, by kind and result.", "kind", "result"),
		answers: newHistogram("rejoinder_reply_answer_seconds", "From a reply's arrival until its answer was handed to Postscript.",
			.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
	}
	started := float64(time.Now().Unix())
	m.all = []family{
		m.requests, m.deliveries, m.texts, m.work, m.answers,
		gauge{"rejoinder_queue_rows", "Rows that wait for their moment or for a worker, by kind; counted up to 100000.", func(ctx context.Context) ([]sample, error) {
			return queueSamples(ctx, db, func(d store.Depth) int64 { return d.Waiting })
		}},
		gauge{"rejoinder_queue_due_rows", "Rows whose moment has come and that are not done yet, by kind.", func(ctx context.Context) ([]sample, error) {
			return queueSamples(ctx, db, func(d store.Depth) int64 { return d.Due })
		}},
		constant("rejoinder_build_info", "The version that runs.", labelled([]string{"version", "go"}, []string{version, runtime.Version()}), func() float64 { return 1 }),
		constant("rejoinder_clock_offset_seconds", "How far the demo's clock is ahead of the real one.", "", func() float64 { return float64(int64(now().Sub(time.Now()).Seconds())) }),
		constant("process_start_time_seconds", "When the process started, in seconds since 1970.", "", func() float64 { return started }),
		constant("go_goroutines", "Goroutines that exist.", "", func() float64 { return float64(runtime.NumGoroutine()) }),
		constant("go_memory_heap_bytes", "Bytes of heap in use.", "", heapBytes),
	}
	return m
}

func constant(name, help, labels string, value func() float64) gauge {
	return gauge{name, help, func(context.Context) ([]sample, error) { return []sample{{labels, value()}}, nil }}
}

func heapBytes() float64 {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return float64(s.HeapInuse)
}

func queueSamples(ctx context.Context, db *store.DB, of func(store.Depth) int64) ([]sample, error) {
	var depths []store.Depth
	err := db.Read(ctx, func(tx *store.Tx) (err error) { depths, err = tx.Depths(); return err })
	out := make([]sample, 0, len(depths))
	for _, d := range depths {
		out = append(out, sample{labelled([]string{"kind"}, []string{d.Kind}), float64(of(d))})
	}
	return out, err
}

// ServeHTTP answers a scrape.
func (m *metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_ = expose(ctx, w, m.all...) // a failed write means that the scraper has left
}

// counted counts the requests of one surface. The status is a class ("2xx"): that is what one alarms on.
func (m *metrics) counted(surface string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			status := sw.status
			if status == 0 {
				status = http.StatusOK
			}
			m.requests.add(surface, strconv.Itoa(status/100)+"xx")
		}()
		next.ServeHTTP(sw, r)
	})
}

// statusWriter remembers the status. Unwrap lets http.ResponseController reach what is below.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
