#!/bin/bash
# Runs once, as root, in the product's image: an authority of this cluster's own, and a certificate
# for each node. What is there stays; remove a node's folder and run it again for a new one.
#
# certificates.sh AUTHORITY CERTIFICATES ACCESS PASSWORD NODE...
#   AUTHORITY     folder that keeps the authority's key, which nothing else ever sees
#   CERTIFICATES  folder that the nodes read
#   ACCESS        folder that the product reads
#   PASSWORD      file with the password of the cluster's superuser
set -euo pipefail
umask 077
authority=$1 certificates=$2 access=$3 password=$4
shift 4
# The account of the nodes in their image.
owner=${NODES_OWNER:-1000:0}

if [[ ! -f $authority/ca.crt ]]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
        -subj "/CN=query-room cluster" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -keyout "$authority/ca.key" -out "$authority/ca.crt.new"
    mv "$authority/ca.crt.new" "$authority/ca.crt"
fi
for node in "$@"; do
    folder=$certificates/$node
    [[ -f $folder/node.crt ]] && continue
    mkdir -p "$folder"
    # Nodes are servers to the product, and both ends of what they say to each other.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1825 \
        -subj "/CN=$node" -CA "$authority/ca.crt" -CAkey "$authority/ca.key" \
        -addext "basicConstraints=critical,CA:FALSE" \
        -addext "keyUsage=critical,digitalSignature" \
        -addext "extendedKeyUsage=serverAuth,clientAuth" \
        -addext "subjectAltName=DNS:$node,DNS:localhost,IP:127.0.0.1" \
        -keyout "$folder/node.key" -out "$folder/node.crt.new"
    mv "$folder/node.crt.new" "$folder/node.crt"
done
cp "$authority/ca.crt" "$certificates/ca.crt"
# The server takes its first password from a file that nobody but itself may read.
cp "$password" "$certificates/elastic_password"
chmod -R u=rX,go= "$certificates"
chown -R "$owner" "$certificates"

# The product gets the authority's certificate, and no key but its own (access.sh).
cp "$authority/ca.crt" "$access/ca.crt"
chmod 0755 "$access"
chmod 0444 "$access/ca.crt"
