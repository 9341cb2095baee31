package main

import (
	"bytes"
	"compress/gzip"
	"io"

	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/proto"
)

const gzipEncoding = "binary/gzip"

// gzipPayloadCodec is the payload codec of the fulfillment example: the serialized payload,
// compressed, as the data of a new payload.
type gzipPayloadCodec struct{}

func (gzipPayloadCodec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return convert(payloads, compressed)
}

func (gzipPayloadCodec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return convert(payloads, decompressed)
}

func convert(
	payloads []*commonpb.Payload,
	conversion func(*commonpb.Payload) (*commonpb.Payload, error),
) ([]*commonpb.Payload, error) {
	converted := make([]*commonpb.Payload, 0, len(payloads))
	for _, payload := range payloads {
		result, err := conversion(payload)
		if err != nil {
			return nil, err
		}
		converted = append(converted, result)
	}
	return converted, nil
}

func compressed(payload *commonpb.Payload) (*commonpb.Payload, error) {
	content, err := proto.MarshalOptions{Deterministic: true}.Marshal(payload)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	writer := gzip.NewWriter(&data)
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return &commonpb.Payload{
		Metadata: map[string][]byte{"encoding": []byte(gzipEncoding)},
		Data:     data.Bytes(),
	}, nil
}

func decompressed(payload *commonpb.Payload) (*commonpb.Payload, error) {
	if string(payload.GetMetadata()["encoding"]) != gzipEncoding {
		return payload, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(payload.GetData()))
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		return nil, err
	}
	original := &commonpb.Payload{}
	return original, proto.Unmarshal(content, original)
}
