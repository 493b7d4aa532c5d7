#!/bin/bash
# Runs once the nodes are up: a key for the product that may do with the product's own indexes what
# it does, and nothing else. A key that still works stays.
set -euo pipefail
umask 077
url=https://es01:9200
access=/access
name=query-room
prefix=${QUERY_ROOM_ELASTICSEARCH_PREFIX:-query-room}

ask() { # METHOD PATH [BODY]: as the superuser, whose password no list of processes shows
    curl --silent --show-error --fail --cacert "$access/ca.crt" --request "$1" \
        --config <(printf 'user = "elastic:%s"\n' "$(cat /run/secrets/elastic_password)") \
        --header 'Content-Type: application/json' "$url$2" ${3:+--data "$3"}
}
works() { # whether the key that is there may still write the indexes of this prefix
    [[ -s $access/api_key ]] && curl --silent --fail --cacert "$access/ca.crt" \
        --config <(printf 'header = "Authorization: ApiKey %s"\n' "$(cat "$access/api_key")") \
        --header 'Content-Type: application/json' "$url/_security/user/_has_privileges" \
        --data "{\"index\": [{\"names\": [\"$prefix-*\"], \"privileges\": [\"write\"]}]}" |
        grep --quiet '"has_all_requested" *: *true'
}

ask GET "/_cluster/health?wait_for_nodes=ge(3)&timeout=120s" >/dev/null
# Where the nodes, by their account, keep snapshots.
chown 1000:0 /snapshots
ask PUT /_snapshot/query-room '{"type": "fs", "settings": {"location": "/snapshots"}}' >/dev/null
if works; then
    echo "the key works"
    exit 0
fi
ask DELETE /_security/api_key "{\"name\":\"$name\"}" >/dev/null || echo "no key of before was ended"
made=$(ask POST /_security/api_key "{
  \"name\": \"$name\",
  \"role_descriptors\": {
    \"$name\": {
      \"cluster\": [\"monitor\"],
      \"indices\": [
        {
          \"names\": [\"$prefix-*\"],
          \"privileges\": [
            \"create_index\", \"delete_index\", \"manage\", \"read\", \"view_index_metadata\", \"write\"
          ]
        }
      ]
    }
  }
}")
key=$(sed -n 's/.*"encoded" *: *"\([A-Za-z0-9+/=]*\)".*/\1/p' <<<"$made")
[[ -n $key ]] || { echo "no key came back" >&2; exit 1; }
printf '%s' "$key" >"$access/api_key.new"
# The account of the product in its image.
chown 10001:10001 "$access/api_key.new"
chmod 0400 "$access/api_key.new"
mv "$access/api_key.new" "$access/api_key"
echo "a new key is in place"
