// Translates names as Prometheus does: JSON from standard input, JSON to standard output. A name that Prometheus refuses comes out empty.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/prometheus/otlptranslator"
)

type input struct {
	Metrics []struct{ Name, Unit, Instrument string }
	Labels  []string
	Units   []string
}

type output struct {
	Metrics []string `json:"metrics"`
	Labels  []string `json:"labels"`
	Units   []string `json:"units"`
}

var metricTypes = map[string]otlptranslator.MetricType{
	"counter":       otlptranslator.MetricTypeMonotonicCounter,
	"updowncounter": otlptranslator.MetricTypeNonMonotonicCounter,
	"gauge":         otlptranslator.MetricTypeGauge,
	"histogram":     otlptranslator.MetricTypeHistogram,
}

func main() {
	var given input
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	metricNamer := otlptranslator.NewMetricNamer("", otlptranslator.UnderscoreEscapingWithSuffixes)
	labelNamer := otlptranslator.LabelNamer{}
	unitNamer := otlptranslator.UnitNamer{}
	var translated output
	for _, metric := range given.Metrics {
		name, _ := metricNamer.Build(otlptranslator.Metric{Name: metric.Name, Unit: metric.Unit, Type: metricTypes[metric.Instrument]})
		translated.Metrics = append(translated.Metrics, name)
	}
	for _, key := range given.Labels {
		label, _ := labelNamer.Build(key)
		translated.Labels = append(translated.Labels, label)
	}
	for _, unit := range given.Units {
		translated.Units = append(translated.Units, unitNamer.Build(unit))
	}
	if err := json.NewEncoder(os.Stdout).Encode(translated); err != nil {
		log.Fatal(err)
	}
}
