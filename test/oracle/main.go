// Reads PromQL expressions as JSON strings, one a line, and writes for each what Prometheus's own parser makes of it:
// its errors, or its printed and its formatted form, and for regular expressions what `-regexp` asks for.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

type parseError struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Message string `json:"message"`
}

type verdict struct {
	Errors    []parseError `json:"errors"`
	Printed   string       `json:"printed,omitempty"`
	Formatted string       `json:"formatted,omitempty"`
	// Nodes are all nodes of the tree, depth first, each as "BinaryExpr 0 5": its type, start and end.
	Nodes []string `json:"nodes,omitempty"`
}

var options = parser.Options{
	EnableExperimentalFunctions:  true,
	ExperimentalDurationExpr:     true,
	EnableExtendedRangeSelectors: true,
	EnableBinopFillModifiers:     true,
}

func judgeExpression(promql parser.Parser, input string) verdict {
	expr, err := promql.ParseExpr(input)
	if err == nil {
		return verdict{Errors: []parseError{}, Printed: expr.String(), Formatted: parser.Prettify(expr), Nodes: nodesOf(expr)}
	}
	var all parser.ParseErrors
	if !errors.As(err, &all) {
		return verdict{Errors: []parseError{{Start: -1, End: -1, Message: err.Error()}}}
	}
	var result verdict
	for _, e := range all {
		result.Errors = append(result.Errors, parseError{int(e.PositionRange.Start), int(e.PositionRange.End), e.Err.Error()})
	}
	return result
}

func nodesOf(expr parser.Expr) []string {
	var nodes []string
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if node != nil {
			at := node.PositionRange()
			nodes = append(nodes, fmt.Sprintf("%s %d %d", strings.TrimPrefix(fmt.Sprintf("%T", node), "*parser."), at.Start, at.End))
		}
		return nil
	})
	return nodes
}

func judgeRegexp(pattern string) verdict {
	matcher, err := labels.NewMatcher(labels.MatchRegexp, "label", pattern)
	if err != nil {
		return verdict{Errors: []parseError{{Message: err.Error()}}}
	}
	return verdict{Errors: []parseError{}, Printed: fmt.Sprint(matcher.Matches(""))}
}

func main() {
	asRegexp := flag.Bool("regexp", false, "read patterns of label matchers instead of expressions")
	flag.Parse()
	promql := parser.NewParser(options)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<30)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.Scan() {
		var input string
		if err := json.Unmarshal(in.Bytes(), &input); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		var result verdict
		if *asRegexp {
			result = judgeRegexp(input)
		} else {
			result = judgeExpression(promql, input)
		}
		if err := encoder.Encode(result); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
